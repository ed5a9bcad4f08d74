/** The templates in the order of the issue form, one row each; for admins with what they do to them. */
import { ButtonLink } from "@/components/ui/button-link";
import { type Column, DataTable } from "@/components/ui/data-table";
import { profileOf } from "@/lib/profiles/registry";
import type { ListedTemplate } from "@/lib/templates/list";
import { lifetimeWords } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";
import { DeleteTemplate, HideTemplate, MoveTemplate } from "./template-actions";
import { columnWidths, Fills, TemplateName } from "./template-cells";

type Actions = {
  move: Parameters<typeof MoveTemplate>[0]["action"];
  hide: Parameters<typeof HideTemplate>[0]["action"];
  remove: Parameters<typeof DeleteTemplate>[0]["action"];
};

export function TemplateTable({
  profile: profileId,
  templates,
  actions,
}: {
  profile: string;
  templates: readonly ListedTemplate[];
  /** Absent for whoever may not. */
  actions?: Actions | undefined;
}) {
  const profile = profileOf(profileId);
  const order = templates.map(({ id }) => id);
  const columns: Column<ListedTemplate>[] = [
    {
      key: "name",
      header: "Template",
      render: ({ id, template, hidden, usedBy }) => (
        <TemplateName
          template={template}
          href={hidden ? undefined : `/issue?template=${encodeURIComponent(id)}`}
          {...{ hidden, usedBy }}
        />
      ),
      className: columnWidths.name,
      card: "line",
    },
    {
      key: "fills",
      header: "Fills in",
      render: ({ template }) => <Fills {...{ profile, template }} />,
      className: columnWidths.fills,
      card: "line",
    },
    {
      key: "expires",
      header: "Expires in",
      render: ({ template }) => lifetimeWords(secondsOf(template.expiresIn) ?? 0),
      align: "right",
      nowrap: true,
      className: columnWidths.expires,
    },
    {
      key: "whose",
      header: "Whose",
      render: ({ id, team }) =>
        team ? (
          <span className="[overflow-wrap:anywhere]">
            <bdi>{team.by}</bdi>
            {team.version > 1 ? <span className="text-faint">, version {team.version}</span> : null}
          </span>
        ) : (
          <span className="text-soft" key={id}>
            built in
          </span>
        ),
      // Without the column of actions it has that one's room, too.
      className: actions ? columnWidths.whose : "min-w-28 lg:w-[40%]",
    },
  ];
  if (actions)
    columns.push({
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      render: ({ id, template: { name }, hidden, usedBy, team }) => (
        <span className="flex flex-wrap rail:-my-1.5 items-center gap-x-0.5 rail:justify-end">
          {team ? (
            <>
              <ButtonLink href={`/templates/${id}`} prefetch={false} variant="ghost" size="sm">
                Edit<span className="sr-only"> {name}</span>
              </ButtonLink>
              <DeleteTemplate {...{ id, name }} isUsed={usedBy.length > 0} action={actions.remove} />
            </>
          ) : (
            <HideTemplate
              {...{ profile: profileId, id, name, hidden }}
              isUsed={!hidden && usedBy.length > 0}
              action={actions.hide}
            />
          )}
          <MoveTemplate {...{ profile: profileId, id, name, order }} place={order.indexOf(id)} action={actions.move} />
        </span>
      ),
      className: `pr-0! max-rail:mt-1 ${columnWidths.actions}`,
      card: "line",
    });
  return <DataTable label="Templates" columns={columns} rows={templates} rowKey={({ id }) => id} cards />;
}

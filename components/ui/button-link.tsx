/** A link that looks like a button. */
import Link from "next/link";
import type { ComponentProps } from "react";
import { ButtonLabel, type ButtonLook, buttonClass } from "./button";

export function ButtonLink({
  variant,
  size,
  icon,
  shortcut,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonLook) {
  return (
    <Link className={buttonClass(variant, size, className)} {...rest}>
      <ButtonLabel icon={icon} shortcut={shortcut}>
        {children}
      </ButtonLabel>
    </Link>
  );
}

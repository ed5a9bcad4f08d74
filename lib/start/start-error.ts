/** A reason not to start that whoever runs the server can mend: printed as it is, without a stack. */
export class StartError extends Error {}

/**
 * An error that the person at the command line can mend. Its message is one line that names the
 * flag, variable or field, its value and the remedy; it is printed as it is, without a stack.
 */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** 2: the command was called wrongly. 1: it was called rightly and failed. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command line or the environment is wrong: exit code 2. */
export function usageError(message: string): CommandError {
  return new CommandError(message, 2);
}

/** The command is right but cannot be done: exit code 1. */
export function failure(message: string): CommandError {
  return new CommandError(message, 1);
}

/**
 * Why the program cannot start, in one sentence that a person can act on. The entry point prints `message`
 * without a stack and exits with `exitCode`.
 *
 * Exit codes follow sysexits.h, so that a supervisor can tell what is worth another try:
 * 69 a service is not available, 73 a file cannot be created, 74 reading or writing failed,
 * 75 try again later, 78 a setting is wrong.
 */
export class StartError extends Error {
  override readonly name = 'StartError'

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.unavailable,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export const exitCodes = { unavailable: 69, cannotCreate: 73, inputOutput: 74, tryLater: 75, setting: 78 } as const

/** A reply that is a file, made while it is sent. */
export class Download {
  constructor(
    readonly fileName: string,
    readonly contentType: string,
    readonly chunks: AsyncIterable<string | Uint8Array>,
  ) {}
}

import type { Input, Operation, OperationSpec, Paging, Reply } from '@groundlevel/contract-kit'

/** Settings of one call. */
export interface CallOptions {
  /** Aborts the call, waits between tries included. */
  readonly signal?: AbortSignal
  /** Instead of the client's own, in milliseconds. */
  readonly timeoutMs?: number
  readonly headers?: Readonly<Record<string, string>>
}

type Arguments<I> = Record<never, never> extends I ? [input?: I, options?: CallOptions] : [input: I, options?: CallOptions]

type SpecOf<O> = O extends Operation<string, infer S extends OperationSpec> ? S : never
type ItemsOf<O> = SpecOf<O> extends { readonly page: Paging<infer I> } ? I : never
type RowsIn<R, I> = I extends keyof R ? (R[I] extends readonly (infer Item)[] ? Item : never) : never

/** Walks every page: `for await (const row of client.….list.each({ query }))`. Stops asking when the loop ends. */
export interface Paged<O> {
  readonly each: (...given: Arguments<Input<O>>) => AsyncIterable<RowsIn<Reply<O>, ItemsOf<O>>>
}

/** One operation as a function. Every JSON object that comes back also carries `traceId`. */
export type Call<O> = ((...given: Arguments<Input<O>>) => Promise<Reply<O> & { readonly traceId?: string }>) &
  ([ItemsOf<O>] extends [never] ? unknown : Paged<O>)

/** The client of a namespace of modules: `client.contacts.contact.create({ body })`, as `module.resource.operation`. */
export type Client<A> = {
  readonly [M in keyof A]: {
    readonly [R in keyof A[M]]: { readonly [K in keyof A[M][R]]: A[M][R][K] extends Operation ? Call<A[M][R][K]> : never }
  }
}

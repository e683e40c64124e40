/** One step forward of the schema. */
export interface Migration {
  readonly id: string
  readonly sql: string
}

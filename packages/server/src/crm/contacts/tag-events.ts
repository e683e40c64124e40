import { Json } from '@groundlevel/contract-kit'

/**
 * A contact as its ContactTagUpdate is written to the outbox: what was added stands beside the tags that there are now. Apps never
 * see it (fan-out lets declared fields through alone); workflows decide by it.
 */
export const withTagsAdded = (contact: Json<object>, tagsAdded: readonly string[]): Json<object> =>
  new Json(`${contact.text.slice(0, -1)},"tagsAdded":${JSON.stringify(tagsAdded)}}`)

/** The id of a record, read out of its text: thousands of them are not parsed for it. */
export const idIn = ({ text }: Json<object>) => /"id":"(\w+)"/.exec(text)?.[1] ?? ''

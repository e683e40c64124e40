import { WireError } from '@groundlevel/contract-kit'

/** Two sentences in two fields: programs read either. */
export const foundContact = <T>(contact: T | undefined, id: string): T => {
  if (contact === undefined) {
    throw new WireError(400, {
      statusCode: 400,
      message: `Contact not found for id:${id}`,
      error: `Contact with id ${id} not found`,
    })
  }
  return contact
}

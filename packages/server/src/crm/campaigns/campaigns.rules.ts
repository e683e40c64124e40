import { badRequest, unprocessable } from '@groundlevel/contract-kit'

export const notPublished = () => badRequest('The campaign is not published: publish it before contacts are added to it.')

/** @throws WireError 422 where there is nothing but blanks */
export const named = (name: string): string => {
  if (name.trim() === '') throw unprocessable(['name should not be empty'])
  return name.trim()
}

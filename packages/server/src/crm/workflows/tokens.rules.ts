import { createHash } from 'node:crypto'

const half = 16

const boundTo = (secret: string, workflowId: string) =>
  createHash('sha256').update(`${secret} ${workflowId}`).digest('base64url').slice(0, half)

/** A token of a trigger: a secret, and what binds it to its workflow. @param random 12 bytes */
export const tokenOf = (workflowId: string, random: Buffer): string => {
  const secret = random.toString('base64url').slice(0, half)
  return secret + boundTo(secret, workflowId)
}

/** Whether a token is the workflow's own: one that came with a copy of another workflow is not. */
export const isTokenOf = (token: unknown, workflowId: string): token is string =>
  typeof token === 'string' && token.length === 2 * half && token.slice(half) === boundTo(token.slice(0, half), workflowId)

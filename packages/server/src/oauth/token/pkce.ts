import { createHash } from 'node:crypto'

/** RFC 7636 §4.1. */
export const isVerifier = (text: string) => /^[A-Za-z0-9\-._~]{43,128}$/.test(text)

/** RFC 7636 §4.2; S256 makes 43 characters, the grammar allows more. */
export const isChallenge = isVerifier

export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** What is wrong with the verifier of an exchange, '' where nothing is. Refuses a downgrade in both directions. */
export const verifierProblem = (challenge: string | null, verifier: string | undefined): string => {
  if (challenge === null)
    return verifier === undefined ? '' : 'A code_verifier was sent, but the authorization request had no code_challenge.'
  if (verifier === undefined) return 'The authorization request had a code_challenge, so the exchange needs the code_verifier.'
  if (!isVerifier(verifier)) return 'code_verifier must have 43 to 128 characters out of A-Z a-z 0-9 - . _ ~'
  return challengeOf(verifier) === challenge ? '' : 'code_verifier does not match the code_challenge.'
}

/** A claim that a Markdown text makes about the repository, and the line where it stands. */
export interface Claim {
  readonly line: number
  readonly kind: 'link' | 'path' | 'script' | 'program' | 'verb' | 'setting'
  readonly value: string
}

const commandClaims = (text: string): Omit<Claim, 'line'>[] => {
  const claims: Omit<Claim, 'line'>[] = []
  for (const [, words = ''] of text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) claims.push({ kind: 'script', value: words })
  for (const [, word = ''] of text.matchAll(/\bnpm (start|test)\b/g)) claims.push({ kind: 'script', value: word })
  for (const [, word = ''] of text.matchAll(/\bnpx (?!-)([\w@/.-]+)/g)) claims.push({ kind: 'program', value: word })
  for (const [, word = ''] of text.matchAll(/(?:^|[;&|(]\s*|npx )groundlevel ([a-z]+)/gm))
    claims.push({ kind: 'verb', value: word })
  for (const [, word = ''] of text.matchAll(/\b(?:node|tsx|bash) ([\w.-]+(?:\/[\w.-]+)+)/g))
    claims.push({ kind: 'path', value: word })
  for (const [name] of text.matchAll(/\bGROUNDLEVEL_[A-Z_]+\b/g)) claims.push({ kind: 'setting', value: name })
  return claims
}

const pathLike = /^(?:\.{1,2}\/)?[\w.@<>*-]+(?:\/[\w.@<>*-]+)*\/?$/
const extension = /\.(ts|tsx|mjs|cjs|js|json|md|tsv|css|html|png)$/

/** Inline code that looks like a file: it ends like one, or begins in a folder of the repository. */
const pathClaim = (code: string, tops: ReadonlySet<string>): Omit<Claim, 'line'>[] => {
  const first = code.replace(/^\.\//, '').split('/')[0] ?? ''
  const isPath = pathLike.test(code) && (extension.test(code) || (code.includes('/') && tops.has(first)))
  return isPath ? [{ kind: 'path', value: code }] : []
}

/** A line of a drawn tree: how deep it lies, and the names that it draws (two spaces begin the remark). */
const treeLine = (line: string) => {
  const drawn = /^((?:[│ ]\s{2,3})*)[├└]─+ (.+)$/.exec(line)
  if (!drawn) return undefined
  const names = (drawn[2] ?? '').split(/ {3,}/)[0]?.split(/ {2}|, | /) ?? []
  return { depth: Math.round((drawn[1] ?? '').length / 3), names: names.filter(Boolean) }
}

const proseClaims = (content: string, tops: ReadonlySet<string>): Omit<Claim, 'line'>[] => [
  ...[...content.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ kind: 'link' as const, value: target })),
  ...[...content.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => [...commandClaims(code), ...pathClaim(code, tops)]),
]

/** Every claim of a Markdown text. `tops` are the names in the root of the repository. */
export const claimsOf = (text: string, tops: ReadonlySet<string>): Claim[] => {
  const above: string[] = []
  let fenced = false
  const claimsIn = (content: string): Omit<Claim, 'line'>[] => {
    if (/^\s*```/.test(content)) {
      fenced = !fenced
      return []
    }
    if (!fenced) return proseClaims(content, tops)
    const drawn = treeLine(content)
    if (!drawn) return commandClaims(content)
    const parent = above.slice(0, drawn.depth).join('')
    above[drawn.depth] = `${drawn.names[0]?.replace(/\/$/, '')}/`
    return drawn.names.map((name) => ({ kind: 'path', value: parent + name }))
  }
  return text.split('\n').flatMap((content, index) => claimsIn(content).map((claim) => ({ line: index + 1, ...claim })))
}

/** The anchor that a heading gets. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replace(/ /g, '-')

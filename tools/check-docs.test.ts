import { describe, expect, test } from 'vitest'
import { type Ground, untruths } from './check-docs.js'

const ground: Ground = {
  files: ['README.md', 'docs/glossary.md', 'packages/server/src/main.ts', 'packages/server/src/crm/contacts/notes.sql.ts'],
  scripts: new Set(['start', 'test', 'check:docs']),
  programs: (name) => name === 'playwright',
  verbs: new Set(['start', 'demo']),
  settings: new Set(['GROUNDLEVEL_DATA']),
  headings: () => ['the-five-rules'],
}
const check = (text: string) => untruths(ground, 'README.md', text)
const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``

describe('a document that says what is so', () => {
  test.each([
    ['a path from the root', '`packages/server/src/main.ts`'],
    ['the end of a path', '`main.ts` and `contacts/notes.sql.ts`'],
    ['a pattern', '`packages/*/src/main.ts`, `packages/server/src/crm/<module>/notes.sql.ts`'],
    ['a folder', '`packages/server/`'],
    ['a suffix that files have', '`.sql.ts`'],
    ['a link with its heading', '[rules](docs/glossary.md#the-five-rules)'],
    ['an address elsewhere', '[site](https://example.org)'],
    ['commands', fenced('npm ci && npm start\nnpm run check:docs\nnpx playwright test\ngroundlevel demo --json')],
    ['a setting', '`GROUNDLEVEL_DATA`'],
    ['an address of the API, which is no path here', '`/oauth/token`, `POST /contacts/`, `application/json`'],
  ])('%s passes', (_, text) => expect(check(text)).toEqual([]))
})

describe('a document that says what is not so', () => {
  test.each([
    ['a file that was moved', '`packages/server/src/gone.ts`', 'packages/server/src/gone.ts'],
    ['a bare file name', '`gone.ts`', 'gone.ts'],
    ['a suffix that no file has', '`.jobs.ts`', '.jobs.ts'],
    ['a broken link', '[x](docs/gone.md)', 'docs/gone.md'],
    ['a heading that was renamed', '[x](docs/glossary.md#gone)', 'docs/glossary.md#gone'],
    ['a script', fenced('npm run gone'), 'gone'],
    ['a program', fenced('npx gone'), 'gone'],
    ['a verb of the cli', fenced('groundlevel gone'), 'gone'],
    ['a setting', fenced('GROUNDLEVEL_GONE=1 npm start'), 'GROUNDLEVEL_GONE'],
  ])('%s is found', (_, text, value) => expect(check(text)).toEqual([expect.stringContaining(` ${value} `)]))

  test('a drawn tree is held against the files, level by level', () => {
    const tree = fenced(
      '├─ packages/\n│  ├─ server/src/          the server\n│  │  ├─ main.ts  gone.ts\n└─ docs/                   words',
    )
    expect(check(tree)).toEqual(['README.md:4  packages/server/src/gone.ts is no file or folder.'])
  })
})

import { useReducer } from 'react'
import { cleaned } from './conditions.js'
import { type Definition, waysOf, withIds } from './tree.js'
import type { Part, Workflow } from './words.js'

/** A workflow while it is written. */
export interface Draft extends Definition {
  readonly name: string
  readonly stopOnReply: boolean
  readonly never: boolean
  /** Days and hours that the whole of it keeps to. */
  readonly window: Part | undefined
}

interface State {
  readonly version: number
  readonly base: Draft
  readonly now: Draft
  readonly past: readonly Draft[]
  readonly future: readonly Draft[]
  /** Changes of one mind, such as letters typed into one field, are undone together. */
  readonly about: string | undefined
}

type Act =
  | { readonly do: 'change'; readonly draft: Draft; readonly about: string | undefined }
  | { readonly do: 'undo' | 'redo' | 'discard' }
  | { readonly do: 'saved'; readonly sent: Draft; readonly row: Workflow }
  | { readonly do: 'load'; readonly row: Workflow }

const draftOf = ({ name, settings, triggers, actions }: Workflow): Draft => ({
  name,
  stopOnReply: settings.stopOnReply ?? false,
  never: settings.reentry === 'never',
  window: settings.window as Part | undefined,
  ...withIds({ triggers: triggers as Part[], actions: actions as Part[] }),
})

const begin = (row: Workflow): State => {
  const draft = draftOf(row)
  return { version: row.version, base: draft, now: draft, past: [], future: [], about: undefined }
}

const most = 200

const step = (state: State, act: Act): State => {
  const { now, past, future, base } = state
  if (act.do === 'load') return begin(act.row)
  if (act.do === 'saved') {
    const kept = draftOf(act.row)
    // What was typed while it was on its way stays, and is not saved yet.
    return { ...state, version: act.row.version, base: now === act.sent ? kept : act.sent, now: now === act.sent ? kept : now }
  }
  if (act.do === 'undo') {
    const before = past.at(-1)
    return before ? { ...state, now: before, past: past.slice(0, -1), future: [now, ...future], about: undefined } : state
  }
  if (act.do === 'redo') {
    const [after, ...rest] = future
    return after ? { ...state, now: after, past: [...past, now], future: rest, about: undefined } : state
  }
  const { draft, about } = act.do === 'change' ? act : { draft: base, about: undefined }
  if (draft === now) return state
  const more = about !== undefined && about === state.about ? past : [...past, now].slice(-most)
  return { ...state, now: draft, past: more, future: [], about }
}

const sentPart = (part: Part): Part => {
  const inner = waysOf(part).reduce<Part>((whole, { key, actions }) => putList(whole, key, actions.map(sentPart)), cleaned(part))
  return inner
}

const putList = (part: Part, [key, at, last]: readonly (string | number)[], list: readonly Part[]): Part => {
  if (at === undefined || last === undefined)
    return list.length > 0 || part[String(key)] ? { ...part, [String(key)]: list } : part
  const ways = part[String(key)] as readonly Part[]
  return { ...part, [String(key)]: ways.map((way, index) => (index === at ? { ...way, [String(last)]: list } : way)) }
}

/** The draft as the server takes it. */
export const bodyOf = ({ name, triggers, actions, stopOnReply, never, window }: Draft) => ({
  name: name.trim(),
  triggers: triggers.map(cleaned),
  actions: actions.map(sentPart),
  settings: { stopOnReply, reentry: never ? ('never' as const) : ('when_finished' as const), ...(window ? { window } : {}) },
})

export interface Editing {
  readonly draft: Draft
  readonly version: number
  readonly dirty: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** @param about the same word in a row: one step back undoes them all */
  change(draft: Draft, about?: string): void
  undo(): void
  redo(): void
  discard(): void
  saved(sent: Draft, row: Workflow): void
  load(row: Workflow): void
}

const same = (one: Draft, other: Draft) => one === other || JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other))

/** A workflow while it is written, with a way back from each change. */
export const useDraft = (row: Workflow): Editing => {
  const [state, act] = useReducer(step, row, begin)
  return {
    draft: state.now,
    version: state.version,
    dirty: !same(state.now, state.base),
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    change: (draft, about) => act({ do: 'change', draft, about }),
    undo: () => act({ do: 'undo' }),
    redo: () => act({ do: 'redo' }),
    discard: () => act({ do: 'discard' }),
    saved: (sent, saved) => act({ do: 'saved', sent, row: saved }),
    load: (loaded) => act({ do: 'load', row: loaded }),
  }
}

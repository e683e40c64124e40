import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, useState } from 'react'
import { Canvas } from './canvas.js'
import classes from './canvas.module.css'
import type { Box, Spot } from './layout.js'
import { PartActs, PartForm } from './part-form.js'
import { titleOf } from './says.js'
import { Side } from './side.js'
import { type Sources, SourcesProvider, useSources } from './sources.js'
import { everywhere, find, insert, move, newPartId, nudge, type Placed, parentOf, remove, replace, withIds } from './tree.js'
import type { Draft, Editing } from './use-draft.js'
import type { Part } from './words.js'

interface BuilderProps {
  readonly editing: Editing
  readonly problems: ReadonlyMap<string, readonly string[]>
}

const isTriggerAt = ({ path }: Placed) => path[0] === 'triggers'
const inForm = (target: EventTarget) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null

/** The step that takes the place of one that goes: the focus must not be lost. */
const neighbour = (draft: Draft, { path }: Placed): string | undefined => {
  const parts = everywhere(draft)
  const at = parts.findIndex((each) => each.path.join('.') === path.join('.'))
  return String((parts[at - 1] ?? parts[at + 1])?.part.id ?? 'add-trigger')
}

const useActs = ({ draft, change, undo, redo }: Editing, { supplied }: Sources) => {
  const [selectedId, select] = useState<string>()
  const [movingId, setMoving] = useState<string>()
  const put = (definition: Pick<Draft, 'triggers' | 'actions'>, about?: string) => change({ ...draft, ...definition }, about)
  const fresh = (part: Part) => ({ ...part, id: newPartId() })
  const removing = (placed: Placed) => {
    const left = remove(draft, placed.path)
    put(left)
    select(undefined)
    notifications.show({
      message: `${titleOf(placed.part, isTriggerAt(placed), supplied)} is taken out. Ctrl Z brings it back.`,
      autoClose: 4000,
      withBorder: true,
    })
    const next = neighbour(draft, placed)
    // The boxes are drawn anew after this turn.
    setTimeout(() =>
      document.querySelector<HTMLElement>(`[data-box="${CSS.escape(next ?? '')}"]`)?.focus({ preventScroll: true }),
    )
  }
  return {
    selectedId,
    select,
    movingId,
    setMoving,
    undo,
    redo,
    removing,
    changePart: (placed: Placed, part: Part, about?: string) => put(replace(draft, placed.path, part), about),
    nudging: (placed: Placed, by: -1 | 1) => put(nudge(draft, placed, by)),
    addStep: ({ list, at }: Spot, part: Part) => {
      const made = fresh(part)
      put(insert(draft, list, at, made))
      select(made.id)
    },
    addTrigger: (part: Part) => {
      const made = fresh(part)
      put(insert(draft, ['triggers'], draft.triggers.length, made))
      select(made.id)
    },
    moveTo: ({ list, at }: Spot) => {
      const moved = find(draft, movingId)
      setMoving(undefined)
      if (moved) put(withIds(move(draft, moved, list, at)))
    },
  }
}

const useKeys = (draft: Draft, acts: ReturnType<typeof useActs>) => {
  const { select, removing, nudging, undo, redo, setMoving } = acts
  return (event: KeyboardEvent, box: Box) => {
    const placed = find(draft, box.part && box.id)
    const key = event.key.toLowerCase()
    const isCommand = event.ctrlKey || event.metaKey
    const does: (() => void) | undefined =
      isCommand && key === 'z'
        ? event.shiftKey
          ? redo
          : undo
        : isCommand && key === 'y'
          ? redo
          : key === 'escape'
            ? () => {
                setMoving(undefined)
                select(undefined)
              }
            : placed && (key === 'delete' || key === 'backspace')
              ? () => removing(placed)
              : placed && event.altKey && (key === 'arrowup' || key === 'arrowdown') && !isTriggerAt(placed)
                ? () => nudging(placed, key === 'arrowup' ? -1 : 1)
                : undefined
    if (!does || inForm(event.target)) return
    event.preventDefault()
    does()
  }
}

/** The canvas with the fields of what is chosen. */
export const Builder = ({ editing, problems }: BuilderProps) => {
  const { draft } = editing
  const sources = useSources(draft)
  const acts = useActs(editing, sources)
  const press = useKeys(draft, acts)
  const { selectedId, select, movingId, setMoving } = acts
  const selected = find(draft, selectedId)
  const open = ({ kind, part, path, id }: Box) => {
    if (part) return select(id)
    const parent = kind === 'way' ? parentOf([...path, 0]) : undefined
    const placed = parent && everywhere(draft).find((each) => each.path.join('.') === parent.join('.'))
    select(placed && String(placed.part.id))
  }
  const close = () => {
    const id = selectedId
    select(undefined)
    setTimeout(() => document.querySelector<HTMLElement>(`[data-box="${CSS.escape(id ?? '')}"]`)?.focus({ preventScroll: true }))
  }
  return (
    <SourcesProvider value={sources}>
      {movingId && (
        <Text size="sm" role="status" mb="xs">
          Choose where “{titleOf(find(draft, movingId)?.part ?? {}, false, sources.supplied)}” goes. Escape leaves it where it is.
        </Text>
      )}
      <div className={classes.layout} data-side={selected ? true : undefined}>
        <Canvas
          definition={draft}
          selectedId={selectedId}
          problems={problems}
          moving={movingId !== undefined}
          onOpen={open}
          onAddStep={acts.addStep}
          onAddTrigger={acts.addTrigger}
          onMoveTo={acts.moveTo}
          onKey={press}
        />
        {selected && (
          <Side
            title={titleOf({ ...selected.part, name: undefined }, isTriggerAt(selected), sources.supplied)}
            about={selectedId ?? ''}
            onClose={close}
          >
            <Stack gap="lg" key={selectedId}>
              <PartForm
                part={selected.part}
                isTrigger={isTriggerAt(selected)}
                definition={draft}
                problems={problems.get(selectedId ?? '') ?? []}
                onChange={(part, about) => acts.changePart(selected, part, about)}
              />
              <PartActs
                isTrigger={isTriggerAt(selected)}
                onNudge={(by) => acts.nudging(selected, by)}
                onMove={() => setMoving(selectedId)}
                onRemove={() => acts.removing(selected)}
              />
            </Stack>
          </Side>
        )}
      </div>
    </SourcesProvider>
  )
}

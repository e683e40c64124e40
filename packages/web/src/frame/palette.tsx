import { Kbd, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import classes from './frame.module.css'
import type { PaletteProps } from './palette-dialog.js'

const load = () => import('./palette-dialog.js').then(({ PaletteDialog }) => ({ default: PaletteDialog }))
const PaletteDialog = lazy(load)

/** Long enough for the first screen to be there, soon enough for the first search. */
const ahead = 1_500

/** ⌘K: its script is on its way before anybody asks, behind the first screen's. */
export const Palette = (props: PaletteProps) => {
  const [opened, { open, close }] = useDisclosure(false)
  const [asked, setAsked] = useState(false)
  useHotkeys([['mod+K', open]], [])
  useEffect(() => {
    const later = setTimeout(() => void load().catch(() => undefined), ahead)
    return () => clearTimeout(later)
  }, [])
  if (opened && !asked) setAsked(true)
  return (
    <>
      <UnstyledButton className={classes.find} onClick={open}>
        <IconSearch size={16} aria-hidden />
        <VisuallyHidden>Search, or paste an id</VisuallyHidden>
        <Text span visibleFrom="md" size="sm" aria-hidden>
          Search
        </Text>
        <Kbd size="xs" visibleFrom="md" aria-hidden>
          ⌘K
        </Kbd>
      </UnstyledButton>
      {asked && (
        <Suspense fallback={null}>
          <PaletteDialog {...props} opened={opened} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

import type { ComponentType } from 'react'

/** A screen whose script is loaded when its address is opened. */
export const lazily =
  <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  async () => ({ Component: (await load())[name] })

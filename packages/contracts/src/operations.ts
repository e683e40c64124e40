import type { Operation } from '@groundlevel/contract-kit'
import * as api from './api.js'

/** Every operation of every module, in the order of the modules. */
export const allOperations: readonly Operation[] = Object.values(api).flatMap((module) =>
  Object.values(module as Readonly<Record<string, Readonly<Record<string, Operation>>>>).flatMap((resource) =>
    Object.values(resource),
  ),
)

import type { Reply } from '@groundlevel/contract-kit'
import type { apps } from '@groundlevel/contracts'

export type App = Reply<typeof apps.app.get>['app']

/** The wire's words in the interface's. */
export const targetNames = { company: 'Agency', location: 'Sub-account' } as const
export const typeNames = { public: 'Public', private: 'Private' } as const

export const installsOf = (count: number) => (count === 1 ? '1 install' : `${count} installs`)

import { badRequest, forbidden, found, missing } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import type { Context } from '../../http/implement.js'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { seal } from '../../sealing.js'
import type { PaymentPorts } from './ports.js'
import { purposeOf } from './provider-calls.js'
import { chargersOf, providerOf, whitelabelOf } from './providers.sql.js'

const thing = 'Custom provider'

/** An app is a provider; a private token or a person at the portal is one of its own. */
const appOf = ({ principal }: Pick<Context, 'principal'>) => principal.appId ?? principal.tokenId

export const providerHandlers = ({ secret }: Pick<PaymentPorts, 'secret'>) =>
  implement(
    contract.customProvider,
    (context) => ({ provider: providerOf(context.db, context.locationId, appOf(context)), appId: appOf(context) }),
    {
      create: async ({ body }, { provider, now }) =>
        found(await provider.put({ ...body, _id: newHexId(), createdAt: now, updatedAt: now }), thing),

      remove: async (_given, { provider, now }) => {
        // A withdrawn provider keeps no keys.
        const keys = { sealedLiveKey: null, sealedTestKey: null, livePublishableKey: null, testPublishableKey: null }
        found(await provider.change({ deleted: true, isDefault: false, ...keys, updatedAt: now }), thing)
        return { success: true }
      },

      get: async (_given, { provider }) => found(await provider.find(), thing),

      connect: async ({ body: { live, test } }, { provider, appId, locationId, now }) => {
        const sealed = (key: string, mode: string) => seal(secret, purposeOf(locationId, appId, mode), Buffer.from(key))
        const keys = {
          sealedLiveKey: sealed(live.apiKey, 'live'),
          livePublishableKey: live.publishableKey,
          sealedTestKey: sealed(test.apiKey, 'test'),
          testPublishableKey: test.publishableKey,
        }
        return found(await provider.change({ ...keys, updatedAt: now }), thing)
      },

      disconnect: async ({ body: { liveMode } }, { provider, now }) => {
        const keys = liveMode
          ? { sealedLiveKey: null, livePublishableKey: null }
          : { sealedTestKey: null, testPublishableKey: null }
        found(await provider.change({ ...keys, updatedAt: now }), thing)
        return { success: true }
      },

      capabilities: async ({ body }, { provider, locationId, companyId, now }) => {
        if (body.locationId && body.locationId !== locationId) throw forbidden('The token does not have access to this location.')
        if (body.companyId && body.companyId !== companyId) throw forbidden('The token does not have access to this company.')
        const change = { supportsSubscriptionSchedule: body.supportsSubscriptionSchedules, updatedAt: now }
        found(await provider.change(change), thing)
        return { success: true }
      },
    },
  )

export const connectedProviderHandlers = () =>
  implement(contract.connectedProvider, ({ db, locationId }) => ({ chargers: chargersOf(db, locationId) }), {
    list: async (_given, { chargers }) => ({ providers: await chargers.list() }),

    setDefault: async ({ providerId }, { chargers }) => {
      if (!(await chargers.setDefault(providerId))) throw missing(thing)
      return { success: true }
    },
  })

export const whitelabelHandlers = () =>
  implement(contract.whitelabelProvider, ({ db, locationId }) => ({ providers: whitelabelOf(db, locationId) }), {
    list: async ({ query: { limit, offset } }, { providers }) => ({ providers: await providers.list(limit || 20, offset) }),

    create: async ({ body: { altId: _, altType: __, ...row } }, { providers, now }) => {
      const made = await providers.add({ ...row, _id: newHexId(), createdAt: now, updatedAt: now })
      if (!made) throw badRequest(`Another provider is called ${row.uniqueName}; choose a name that is free.`)
      return made
    },
  })

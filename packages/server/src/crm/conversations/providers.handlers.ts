import { badRequest, found, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import { newHexId } from '../../ids.js'
import type { TalkPorts } from './ports.js'
import { type Provider, providerChoice, providersOf } from './providers.sql.js'

/** What providers ask of the room of apps. */
export interface ProviderApps {
  /** Whether it is an app of the signed-in developer's team. */
  ownApp(person: Person, appId: string): Promise<object | undefined>
  /** What is wrong with an address, '' where it is one that we may post to. */
  urlFault(url: string): string
  /** What is wrong with a picture, '' where nothing is. */
  logoFault(logo: string): string
}

const urlFault = (apps: ProviderApps, { type, deliveryUrl }: Pick<Provider, 'type' | 'deliveryUrl'>) => {
  if (deliveryUrl !== '') return apps.urlFault(deliveryUrl)
  return type === 'Call' ? '' : `must not be empty: messages of type ${type} are posted there`
}

const demandSound = (apps: ProviderApps, provider: Pick<Provider, 'name' | 'type' | 'deliveryUrl' | 'logo'>) => {
  const [url, logo] = [urlFault(apps, provider), apps.logoFault(provider.logo)]
  const isNameless = provider.name.trim() === ''
  const faults = [
    ...(isNameless ? ['name must not be empty'] : []),
    ...(url ? [`deliveryUrl ${url}`] : []),
    ...(logo ? [`logo ${logo}`] : []),
  ]
  if (faults.length > 0) throw unprocessable(faults)
}

const told = (provider: Provider) => ({
  ...provider,
  dateAdded: provider.dateAdded.toISOString(),
  dateUpdated: provider.dateUpdated.toISOString(),
})

const demandApp = async (apps: ProviderApps, { person }: Pick<Context, 'person'>, appId: string) =>
  found(await apps.ownApp(person, appId), 'App')

/** Conversation providers in an app's settings. */
export const appProviderHandlers = (apps: ProviderApps) =>
  implement(api.conversations.appProviders, (context) => ({ context, providers: providersOf(context.db) }), {
    list: async ({ appId }, { context, providers }) => {
      await demandApp(apps, context, appId)
      return { conversationProviders: (await providers.ofApps([appId])).map(told) }
    },
    create: async ({ appId, body }, { context, providers, now }) => {
      await demandApp(apps, context, appId)
      demandSound(apps, body)
      if (await providers.isFull(appId)) throw badRequest('An app has 20 conversation providers at most.')
      const provider = { ...body, id: newHexId(), appId, dateAdded: now, dateUpdated: now }
      await providers.add(provider)
      return { conversationProvider: told(provider) }
    },
    update: async ({ appId, providerId, body }, { context, providers, now }) => {
      await demandApp(apps, context, appId)
      const changed = found(await providers.change(appId, providerId, body, now), 'Conversation provider')
      demandSound(apps, changed)
      return { conversationProvider: told(changed) }
    },
    remove: async ({ appId, providerId }, { context, providers }) => {
      await demandApp(apps, context, appId)
      found(await providers.remove(appId, providerId), 'Conversation provider')
      return { succeeded: true }
    },
  })

/** What a sub-account can choose from. */
export const providerHandlers = (ports: Pick<TalkPorts, 'installsFor'>) => {
  const installed = async ({ db, companyId, locationId }: Pick<Context, 'db' | 'companyId' | 'locationId'>) => {
    const installs = await ports.installsFor({ companyId, locationId })
    return providersOf(db).ofApps(installs.map(({ appId }) => appId))
  }
  return implement(
    api.conversations.providers,
    (context) => ({ context, choice: providerChoice(context.db, context.locationId) }),
    {
      list: async (_, { context, choice }) => {
        const [all, chosen] = [await installed(context), await choice.all()]
        const isChosen = (id: string) => chosen.some(({ providerId }) => providerId === id)
        return {
          conversationProviders: all.map(({ deliveryUrl: __, dateAdded: ___, dateUpdated: ____, ...provider }) => ({
            ...provider,
            chosen: isChosen(provider.id),
          })),
        }
      },
      choose: async ({ body: { channel, conversationProviderId } }, { context, choice }) => {
        if (conversationProviderId === null) {
          await choice.clear(channel)
          return { success: true }
        }
        const provider = found(
          (await installed(context)).find(({ id }) => id === conversationProviderId),
          'Conversation provider',
        )
        if (provider.type !== channel || provider.custom)
          throw badRequest(
            `${JSON.stringify(provider.name)} cannot be the default of ${channel}: it is of type ${provider.type}${provider.custom ? ' and an extra' : ''}.`,
          )
        await choice.set(channel, provider.id)
        return { success: true }
      },
    },
  )
}

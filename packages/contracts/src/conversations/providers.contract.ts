import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { conversations } from './module.js'

const apps = apiModule({ name: 'conversations', auth: 'session', because: 'providers belong to the signed-in developer’s app' })

const settings = {
  name: t.String({ minLength: 1, maxLength: 100 }),
  type: t.Enum(['SMS', 'Email', 'Call']),
  /** Where messages are posted to, signed as webhooks are; '' for a provider of calls, which only logs. */
  deliveryUrl: t.String({ maxLength: 2000 }),
  /** An extra beside the sub-account's own way of sending: never its default. */
  custom: t.Boolean(),
  /** A tab of its own in every conversation. */
  alwaysShow: t.Boolean(),
  alias: t.String({ maxLength: 100 }),
  logo: t.String({ maxLength: 720_000 }),
}

const Provider = t.Object({
  /** What requests call `conversationProviderId`. */
  id: t.String(),
  appId: t.String(),
  ...settings,
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

const One = t.Object({ conversationProvider: Provider })

export const appProviders = apps.resource('appProviders', '/_ground/apps/:appId/conversation-providers', {
  list: GET('', {
    id: 'app-conversation-providers-list',
    summary: 'Conversation providers of my app',
    reply: t.Object({ conversationProviders: t.Array(Provider) }),
  }),
  create: POST('', {
    id: 'app-conversation-providers-create',
    summary: 'Add a conversation provider to my app',
    status: 201,
    body: t.Object({
      name: settings.name,
      type: settings.type,
      deliveryUrl: t.Default(settings.deliveryUrl, ''),
      custom: t.Default(settings.custom, false),
      alwaysShow: t.Default(settings.alwaysShow, false),
      alias: t.Default(settings.alias, ''),
      logo: t.Default(settings.logo, ''),
    }),
    reply: One,
  }),
  update: PUT('/:providerId', {
    id: 'app-conversation-providers-update',
    summary: 'Change a conversation provider; its type stays',
    body: t.Partial(
      t.Object({
        name: settings.name,
        deliveryUrl: settings.deliveryUrl,
        custom: settings.custom,
        alwaysShow: settings.alwaysShow,
        alias: settings.alias,
        logo: settings.logo,
      }),
    ),
    reply: One,
  }),
  remove: DELETE('/:providerId', {
    id: 'app-conversation-providers-delete',
    summary: 'Remove a conversation provider; sub-accounts that had chosen it have none',
    reply: t.Object({ succeeded: t.Boolean() }),
  }),
})

const Installed = t.Object({
  id: t.String(),
  appId: t.String(),
  name: settings.name,
  type: settings.type,
  custom: settings.custom,
  alwaysShow: settings.alwaysShow,
  alias: settings.alias,
  logo: settings.logo,
  /** Whether the sub-account has chosen it for its channel. */
  chosen: t.Boolean(),
})

/** Providers that a sub-account can use: those of the apps that are installed there. */
export const providers = conversations.resource(
  'providers',
  '/_ground/conversations/providers',
  {
    list: GET('', {
      id: 'conversation-providers-list',
      summary: 'Conversation providers of the apps that are installed here',
      extension: true,
      tenant: 'query',
      query: t.Object({ locationId: t.String() }),
      reply: t.Object({ conversationProviders: t.Array(Installed) }),
    }),
    choose: PUT('/default', {
      id: 'conversation-providers-choose',
      summary: 'Choose the provider that a channel goes through, or none',
      extension: true,
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        channel: t.Enum(['SMS', 'Email']),
        /** Null: what the installation itself has. */
        conversationProviderId: t.Nullable(t.String()),
      }),
      reply: t.Object({ success: t.Boolean() }),
    }),
  },
  { reaches: 'none' },
)

import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, idText, pageQuery, payments, Success } from './module.js'

const scope = 'payments/custom-provider'
const about = t.Object({ locationId: t.String() })
const url = t.Url({ maxLength: 2000 })

export const CustomProvider = t.Object({
  name: t.String(),
  description: t.String(),
  paymentsUrl: t.String(),
  queryUrl: t.String(),
  imageUrl: t.String(),
  supportsSubscriptionSchedule: t.Boolean(),
  _id: t.String(),
  locationId: t.String(),
  marketplaceAppId: t.String(),
  /** Which modes are connected, with their publishable keys; secret keys never leave. */
  paymentProvider: t.Open(),
  deleted: t.Boolean(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const Keys = t.Object({
  apiKey: t.String({ minLength: 1, maxLength: 1000 }),
  publishableKey: t.String({ minLength: 1, maxLength: 1000 }),
})

export const customProvider = payments.resource(
  'customProvider',
  '/payments/custom-provider',
  {
    create: POST('/provider', {
      id: 'create-integration',
      summary: 'Offer the calling app as a payment provider of the sub-account',
      scope,
      tenant: 'query',
      query: about,
      body: t.Object({
        name: t.String({ minLength: 1, maxLength: 200 }),
        description: t.String({ maxLength: 2000 }),
        paymentsUrl: url,
        queryUrl: url,
        imageUrl: url,
        supportsSubscriptionSchedule: t.Boolean(),
      }),
      reply: CustomProvider,
    }),
    remove: DELETE('/provider', {
      id: 'delete-integration',
      summary: 'Withdraw the calling app as a payment provider',
      scope,
      tenant: 'query',
      query: about,
      reply: Success,
    }),
    get: GET('/connect', {
      id: 'fetch-config',
      summary: 'What the calling app has configured as a payment provider',
      scope,
      tenant: 'query',
      query: about,
      reply: CustomProvider,
    }),
    connect: POST('/connect', {
      id: 'create-config',
      summary: 'Give the keys of both modes',
      scope,
      tenant: 'query',
      query: about,
      body: t.Object({ live: Keys, test: Keys }),
      reply: CustomProvider,
    }),
    disconnect: POST('/disconnect', {
      id: 'disconnect-config',
      summary: 'Forget the keys of one mode',
      scope,
      tenant: 'query',
      query: about,
      body: t.Object({ liveMode: t.Boolean() }),
      reply: Success,
    }),
    capabilities: PUT('/capabilities', {
      id: 'custom-provider-marketplace-app-update-capabilities',
      summary: 'Say whether the calling app can bill subscriptions by a schedule',
      scope,
      tenant: 'token',
      body: t.Object({
        supportsSubscriptionSchedules: t.Boolean(),
        companyId: t.Optional(t.String({ maxLength: 100 })),
        locationId: t.Optional(t.String({ maxLength: 100 })),
      }),
      reply: Success,
    }),
  },
  { reaches: 'none' },
)

/** What happened at the provider (public guide to custom payment integrations). */
export const providerEvents = [
  'payment.captured',
  'subscription.charged',
  'subscription.trialing',
  'subscription.active',
  'subscription.updated',
] as const

const its = t.Optional(t.String({ maxLength: 400 }))

export const providerWebhook = payments.resource('providerWebhook', '/payments/custom-provider', {
  receive: POST('/webhook', {
    id: 'custom-provider-webhook',
    summary: 'What happened at a custom provider: a payment was captured, a subscription charged or changed',
    extension: true,
    auth: 'none',
    because: 'the provider proves itself by the apiKey that it gave when it was connected',
    versionOptional: true,
    body: t.Object(
      {
        event: t.Enum(providerEvents),
        locationId: idText,
        /** The key of either mode. */
        apiKey: t.String({ minLength: 1, maxLength: 1000 }),
        marketplaceAppId: its,
        chargeId: its,
        ghlTransactionId: its,
        ghlSubscriptionId: its,
        chargeSnapshot: t.Optional(t.Open()),
        subscriptionSnapshot: t.Optional(t.Open()),
      },
      { additionalProperties: true },
    ),
    reply: Success,
    emits: ['OrderCreate', 'OrderStatusUpdate'],
  }),
})

export const ConnectedProvider = t.Object({
  _id: t.String(),
  name: t.String(),
  description: t.String(),
  imageUrl: t.String(),
  marketplaceAppId: t.String(),
  live: t.Boolean(),
  test: t.Boolean(),
  /** Takes payments where several could. */
  isDefault: t.Boolean(),
  createdAt: t.DateTime(),
})

export const connectedProvider = payments.resource(
  'connectedProvider',
  '/payments/custom-provider/providers',
  {
    list: GET('', {
      id: 'list-custom-providers',
      summary: 'Every app that takes payments of the sub-account, with the modes in which it is connected',
      extension: true,
      scope,
      tenant: 'query',
      query: about,
      reply: t.Object({ providers: t.Array(ConnectedProvider) }),
    }),
    setDefault: PUT('/:providerId/default', {
      id: 'set-default-custom-provider',
      summary: 'Let this one take payments where several could',
      extension: true,
      scope,
      tenant: 'query',
      query: about,
      reply: Success,
    }),
  },
  { reaches: 'none' },
)

export const WhitelabelProvider = t.Object({
  _id: t.String(),
  altId: t.String(),
  altType: t.String(),
  title: t.String(),
  route: t.String(),
  provider: t.String(),
  description: t.String(),
  imageUrl: t.String(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

export const whitelabelProvider = payments.resource(
  'whitelabelProvider',
  '/payments/integrations/provider/whitelabel',
  {
    list: GET('', {
      id: 'list-integration-providers',
      summary: 'Payment providers under names of the sub-account’s own',
      scope: 'payments/integration',
      query: t.Object({ ...alt, ...pageQuery(0) }),
      reply: t.Object({ providers: t.Array(WhitelabelProvider) }),
      page: limitOffset('providers', 20),
    }),
    create: POST('', {
      id: 'create-integration provider',
      summary: 'Offer a payment provider under a name of one’s own',
      scope: 'payments/integration',
      body: t.Object({
        ...alt,
        uniqueName: t.String({ minLength: 1, maxLength: 200 }),
        title: t.String({ minLength: 1, maxLength: 200 }),
        provider: t.Enum(['authorize-net', 'nmi']),
        description: t.String({ maxLength: 2000 }),
        imageUrl: url,
      }),
      reply: WhitelabelProvider,
    }),
  },
  { reaches: 'none' },
)

import type { Reply } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import type { SigningKeys } from '../keys/index.js'

/** The public halves, as `GET /.well-known/webhook-keys` answers them. */
export const webhookKeys = ({ webhooks }: Pick<SigningKeys, 'webhooks'>): Reply<typeof api.platform.keys.webhooks>['keys'] =>
  webhooks.map(({ id, header, algorithm, publicKeyPem }) => ({ id, header, algorithm, publicKeyPem }))

import { api } from '@groundlevel/contracts'
import { implement } from '../../../http/implement.js'
import type { TalkPorts } from '../ports.js'
import { mailTokensOf } from './addresses.sql.js'
import { addressOf } from './received.rules.js'

/** The sub-account's own address. */
export const mailAddressHandlers = ({ mailDomain }: Pick<TalkPorts, 'mailDomain'>) =>
  implement(api.conversations.mailAddress, ({ db, locationId }) => ({ tokens: mailTokensOf(db, locationId) }), {
    get: async (_, { tokens }) => {
      const token = mailDomain === undefined ? undefined : await tokens.find(null)
      const address = token === undefined || mailDomain === undefined ? null : addressOf(token, mailDomain, true)
      return { address, domain: mailDomain ?? null }
    },

    keep: async (_, { tokens, now }) => ({
      address: mailDomain === undefined ? null : addressOf(await tokens.keep(null, now), mailDomain, true),
    }),
  })

import { forbidden, found, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { parseTexts } from '../merge-fields/index.js'
import { templatesOf } from './templates.sql.js'

const thing = 'Template'

interface Texts {
  readonly body?: string | null
  readonly subject?: string | null
  readonly html?: string | null
}

const fieldsOf = { sms: ['body'], whatsapp: ['body'], email: ['subject', 'html'] } as const

/** Texts that belong to the type, and that can be rendered. */
const demandTexts = (type: keyof typeof fieldsOf, { body, subject, html }: Texts): void => {
  const sent = { body, subject, html }
  const wrong = Object.entries(sent).filter(([name, text]) => text && !(fieldsOf[type] as readonly string[]).includes(name))
  if (wrong.length > 0) throw unprocessable(wrong.map(([name]) => `${name} should not exist in a template of type ${type}`))
  parseTexts({ body: body ?? undefined, subject: subject ?? undefined, html: html ?? undefined })
}

/** Templates of single messages. */
export const templatesModule = (): readonly Implementation[] =>
  implement(api.locations.templates, ({ db, locationId }) => ({ templates: templatesOf(db, locationId) }), {
    list: async ({ query: { originId, ...filter } }, { templates, locationId }) => {
      if (originId !== locationId)
        throw forbidden(
          'The token does not have access to this location.',
          `originId ${originId} is not the sub-account of the path.`,
        )
      return templates.list(filter)
    },

    create: async ({ body: { name, type, ...texts } }, { templates, newId, now }) => {
      demandTexts(type, texts)
      return { template: found(await templates.add({ id: newId(), name, type, ...texts }, now), thing) }
    },

    get: async ({ id }, { templates }) => ({ template: found(await templates.find(id), thing) }),

    update: async ({ id, body }, { templates, now }) => {
      demandTexts(found(await templates.find(id), thing).value.type, body)
      return { template: found(await templates.change(id, body, now), thing) }
    },

    remove: async ({ id }, { templates, now }) => {
      found(await templates.remove(id, now), thing)
      return { succeded: true, succeeded: true }
    },
  })

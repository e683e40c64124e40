import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { type MergePorts, mergeValues, parseTexts, render, unknownFields } from './merge-fields.js'
import { flatten } from './world.rules.js'

/** What a template gives for a contact. */
const previewHandlers = (ports: MergePorts) =>
  implement(api.locations.templatePreview, () => ({}), {
    render: async ({ body: { contactId, userId, locationId: _, ...texts } }, { db, locationId, now }) => {
      const parsed = parseTexts(texts)
      const about = { locationId, contactId: contactId ?? undefined, userId: userId ?? undefined, now }
      const world = await mergeValues(ports, db, about, parsed)
      return { ...(await render(parsed, world)), unknown: unknownFields(parsed, world) }
    },
  })

/** All that a template can say of a contact. */
const valueHandlers = (ports: MergePorts) =>
  implement(api.contacts.mergeValues, () => ({}), {
    get: async ({ contactId }, { db, locationId, now }) => ({
      mergeValues: flatten(await mergeValues(ports, db, { locationId, contactId, now })),
    }),
  })

export const mergeFieldsModule = (ports: MergePorts): readonly Implementation[] => [
  ...previewHandlers(ports),
  ...valueHandlers(ports),
]

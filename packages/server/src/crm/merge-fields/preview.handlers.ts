import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { type MergePorts, mergeValues, parseTexts, render, unknownFields } from './merge-fields.js'

/** What a template gives for a contact. */
export const mergeFieldsModule = (ports: MergePorts): readonly Implementation[] =>
  implement(api.locations.templatePreview, () => ({}), {
    render: async ({ body: { contactId, userId, locationId: _, ...texts } }, { db, locationId, now }) => {
      const parsed = parseTexts(texts)
      const about = { locationId, contactId: contactId ?? undefined, userId: userId ?? undefined, now }
      const world = await mergeValues(ports, db, about, parsed)
      return { ...(await render(parsed, world)), unknown: unknownFields(parsed, world) }
    },
  })

import { event, t } from '@groundlevel/contract-kit'

/** Records of objects; a business is one of them (docs of the event: "a record or business"). */
const record = t.Object({
  id: t.String(),
  owners: t.Array(t.String()),
  followers: t.Array(t.String()),
  properties: t.Array(t.Object({ key: t.String(), valueString: t.String() })),
})

const recordEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'objects/record.readonly', payload: record, summary })

export const RecordCreate = recordEvent('RecordCreate', 'A business was created')
export const RecordUpdate = recordEvent('RecordUpdate', 'A business changed')
export const RecordDelete = recordEvent('RecordDelete', 'A business was deleted')

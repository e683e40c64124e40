import { unprocessable } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import { authorOf } from '../../http/author.js'
import { type Context, implement } from '../../http/implement.js'
import { sameTags } from './contacts.rules.js'
import { contactsOf } from './contacts.sql.js'
import { type CustomFieldValue, mergeValues } from './custom-fields.rules.js'
import { sameDnd, strictestDnd } from './dnd.rules.js'
import { storeFieldValues } from './field-values.sql.js'
import { pairOf } from './merge.sql.js'
import { foundContact } from './missing-contact.js'
import type { ContactPorts } from './ports.js'

type MergePorts = Pick<ContactPorts, 'fields' | 'moves'>
type Side = Awaited<ReturnType<ReturnType<typeof pairOf>['lock']>>[number]

/** What the two are together: do-not-disturb of either holds, of two values the one that stays keeps its own. */
const together = (kept: Side, merged: Side) => ({
  tags: [...new Set([...kept.tags, ...merged.tags])],
  followers: [...new Set([...kept.followers, ...merged.followers])],
  customFields: mergeValues(merged.customFields as CustomFieldValue[], kept.customFields as CustomFieldValue[]),
  dnd: kept.dnd || merged.dnd,
  dndSettings: strictestDnd(kept.dndSettings, merged.dndSettings),
})

const audit = (context: Context, contactId: string, mergedId: string) => {
  const { db, now, principal, traceId, call, companyId, locationId } = context
  const { appId = null, accountId = null } = principal
  const who = { accountId, appId, companyId, locationId, traceId, ip: call.request.ip }
  return writeAudit(db, { at: now, act: 'contact.merge', ...who, detail: { contactId, mergedId } })
}

export const mergeHandlers = ({ fields, moves }: MergePorts) =>
  implement(contract.merge, (context) => ({ contacts: contactsOf(context.db, context.locationId), context }), {
    merge: async ({ body: { contactId, mergedId } }, { contacts, context, db, locationId, principal, now, emit }) => {
      if (contactId === mergedId) throw unprocessable(['mergedId must be another contact than contactId'])
      const pair = pairOf(db, locationId, contactId, mergedId)
      const sides = await pair.lock()
      const kept = foundContact(
        sides.find(({ id }) => id === contactId),
        contactId,
      )
      const merged = foundContact(
        sides.find(({ id }) => id === mergedId),
        mergedId,
      )
      const union = together(kept, merged)
      await pair.fill()
      await pair.moveNotes()
      for (const move of moves) await move(db, locationId, mergedId, contactId)
      await storeFieldValues(db, locationId, contactId, union.customFields, await fields.definitions(db, locationId))
      const contact = foundContact(await contacts.change(contactId, union, authorOf(principal, now)), contactId)
      const gone = foundContact(await contacts.remove(mergedId), mergedId)
      await contacts.addCount(-1)
      await audit(context, contactId, mergedId)
      await emit('ContactUpdate', contact)
      if (!sameTags(kept.tags, union.tags)) await emit('ContactTagUpdate', contact)
      if (kept.dnd !== union.dnd || !sameDnd(kept.dndSettings, union.dndSettings)) await emit('ContactDndUpdate', contact)
      await emit('ContactDelete', gone)
      return { succeded: true, succeeded: true, contact }
    },
  })

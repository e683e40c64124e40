import { badRequest } from '@groundlevel/contract-kit'
import { safeHtml } from '../public-pages/index.js'
import type { Action } from './actions.rules.js'
import { type Done, done, skipped } from './done.rules.js'
import type { StepAbout } from './effects.js'
import { textFor } from './rendering.js'

type Effect = (action: Action, about: StepAbout) => Promise<Done>

/** Of what began the workflow, where that was such a record; else the step looks for one of the contact's. */
const startedBy = ({ trigger }: StepAbout, kind: 'opportunity' | 'appointment'): string | undefined =>
  String(trigger.type).startsWith(kind) && typeof trigger.id === 'string' ? trigger.id : undefined

const opportunityOf = async (action: Action, about: StepAbout): Promise<string | undefined> => {
  const { ports, work, contact } = about
  const pipelineId = action.lookIn as string | undefined
  const started = pipelineId === undefined ? startedBy(about, 'opportunity') : undefined
  return started ?? (await ports.opportunityOf?.(work, contact.id, pipelineId))
}

const settable = ['pipelineId', 'pipelineStageId', 'status', 'monetaryValue', 'assignedTo', 'source', 'lostReasonId'] as const

const updateOpportunity: Effect = async (action, about) => {
  const { ports, work, contact } = about
  if (!ports.changeOpportunity) return skipped('this installation has no opportunities')
  const id = await opportunityOf(action, about)
  if (id === undefined) return skipped('the contact has no such opportunity')
  const plain = Object.fromEntries(settable.flatMap((name) => (action[name] === undefined ? [] : [[name, action[name]]])))
  const title = typeof action.title === 'string' ? await textFor(about, action.title) : undefined
  await ports.changeOpportunity(work, id, { ...plain, ...(title ? { name: await title(contact) } : {}) })
  return done(`changed opportunity ${id}`)
}

const deleteOpportunity: Effect = async (action, about) => {
  const { ports, work } = about
  if (!ports.removeOpportunity) return skipped('this installation has no opportunities')
  const id = await opportunityOf(action, about)
  if (id === undefined) return skipped('the contact has no such opportunity')
  await ports.removeOpportunity(work, id)
  return done(`deleted opportunity ${id}`)
}

const updateAppointment: Effect = async (action, about) => {
  const { ports, work, contact } = about
  if (!ports.setAppointment) return skipped('this installation has no calendars')
  const id = startedBy(about, 'appointment') ?? (await ports.nextAppointmentOf?.(work, contact.id))
  if (id === undefined) return skipped('the contact has no appointment ahead')
  const status = action.status as string
  await ports.setAppointment(work, id, status)
  return done(`appointment ${id} is ${status}`)
}

/** Somebody else filled in what stands in it: it is text, also where it goes as HTML. */
const asMail = (text: string) => `<p>${safeHtml(text).replace(/\n/g, '<br>')}</p>`

const notify: Effect = async (action, about) => {
  const { ports, work, contact } = about
  if (!ports.tell) return skipped('this installation tells its users nothing')
  const owner = action.owner === true && contact.assignedTo ? [contact.assignedTo] : []
  const userIds = [...new Set([...((action.users as string[] | undefined) ?? []), ...owner])]
  const admins = action.admins === true
  if (userIds.length === 0 && !admins) return skipped('nobody has the contact')
  const [title, message] = [await textFor(about, action.title as string), await textFor(about, (action.message as string) ?? '')]
  const [subject, body] = [await title(contact), await message(contact)]
  if (subject.trim() === '') throw badRequest('the notice has no title')
  const channel = (action.channel as 'inApp' | 'email' | 'sms' | undefined) ?? 'inApp'
  const told = channel === 'email' ? asMail(body) : body
  await ports.tell(work, { channel, userIds, admins, subject, body: told, contactId: contact.id })
  return done(`told ${[...userIds, ...(admins ? ['all who run the sub-account'] : [])].join(', ')}`)
}

/** Steps that change one record beside the contact's own. */
export const effectsOnRecords = {
  update_opportunity: updateOpportunity,
  delete_opportunity: deleteOpportunity,
  update_appointment: updateAppointment,
  notify,
} satisfies Partial<Record<Action['type'], Effect>>

import { jsonText, WireError } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { newId } from '../../ids.js'
import type { Services } from '../../services.js'
import type { Attribution, ContactWork } from '../contacts/index.js'
import { type Answers, contactOf, othersOf, whoOf } from './answers.rules.js'
import { eventDataOf } from './attribution.rules.js'
import type { Question } from './fields.rules.js'
import { asFiles, type FileAnswers, type FileValue, storeFiles } from './files.js'
import type { PublicForm } from './forms.sql.js'
import type { FormPorts } from './ports.js'
import { submissionsOf } from './submissions.sql.js'

export interface Submission {
  readonly form: PublicForm
  readonly questions: readonly Question[]
  readonly answers: Answers
  readonly files: Pick<FileAnswers, 'files' | 'fields'>
  readonly visit: Attribution
  /** Drawn with the page. */
  readonly id: string
}

export interface Submitted {
  readonly submissionId: string
  readonly contactId: string | null
}

const authorOf = ({ kind, id }: PublicForm, now: Date): Author => ({
  source: kind === 'form' ? 'FORM' : 'SURVEY',
  channel: 'PUBLIC_PAGE',
  sourceId: id,
  timestamp: now,
})

const workIn = (db: Db, ports: FormPorts, form: PublicForm, companyId: string, now: Date): ContactWork => ({
  db,
  locationId: form.locationId,
  author: authorOf(form, now),
  now,
  newId: () => newId(now),
  emit: async (type, record) => {
    const event = { type, companyId, locationId: form.locationId, traceId: null, now }
    await ports.addEvent(db, { ...event, payloadText: jsonText(record) })
  },
})

/** The contact that the answers make or change, null where they say of nobody who they are. */
const keepContact = async (work: ContactWork, ports: FormPorts, { form, questions, answers, visit }: Submission) => {
  const fields = contactOf(questions, answers)
  const { name, email, phone } = whoOf(fields)
  if (!name && !email && !phone) return null
  const { contact } = await ports.contacts.upsert(work, fields, { onCreate: { source: form.name } })
  const { id } = contact.value
  await ports.attribute(work.db, form.locationId, id, visit, work.now)
  const tags = form.settings.tags ?? []
  if (tags.length > 0) await ports.contacts.addTags(work, id, tags)
  return id
}

/** Files are stored beside those that the contact has; nobody's stay with the submission. */
const keepFiles = async (
  work: ContactWork,
  ports: FormPorts,
  { id, files: { files, fields } }: Submission,
  contactId: string | null,
) => {
  if (files.length === 0) return new Map<string, FileValue>()
  const { db, locationId, now } = work
  const stored = await storeFiles(ports.blobs, { db, locationId, recordId: contactId ?? id, now }, files, fields)
  if (contactId === null) return stored
  const before = await ports.contacts.find(work, contactId)
  const known = (fieldId: string) => asFiles(before?.customFields.find((field) => field.id === fieldId)?.value)
  const customFields = [...stored].map(([fieldId, value]) => ({ id: fieldId, value: { ...known(fieldId), ...value } }))
  await ports.contacts.change(work, contactId, { customFields })
  return stored
}

const write = async (db: Db, ports: FormPorts, companyId: string, submission: Submission, now: Date): Promise<Submitted> => {
  const { form, questions, answers, visit, id } = submission
  const submissions = submissionsOf(db, form.locationId, form.kind)
  const work = workIn(db, ports, form, companyId, now)
  const contactId = await keepContact(work, ports, submission)
  const files = await keepFiles(work, ports, submission, contactId)
  const eventData = eventDataOf(visit, form, now)
  const row = await submissions.add({
    id,
    formId: form.id,
    contactId,
    ...whoOf(contactOf(questions, answers)),
    others: othersOf(questions, answers, files, eventData),
    createdAt: now,
  })
  if (!row) throw new Error('The submission was not stored.')
  const type = form.kind === 'form' ? 'FormSubmission' : 'SurveySubmission'
  await ports.addEvent(db, { type, companyId, locationId: form.locationId, payloadText: row.text, traceId: null, now })
  return { submissionId: id, contactId }
}

const isTwice = (error: unknown) => (error as { code?: unknown }).code === '23505'
const refusal = (error: unknown) => (error instanceof WireError && error.status < 500 ? error : undefined)

/** Why the answers could not be kept, for the person who gave them. */
export class Refused extends Error {}

const sentenceOf = ({ body }: WireError) => [body.message].flat().map(String).join(' ')

/**
 * Stores a submission and makes or changes the contact, in one transaction. The same page sent twice is one submission.
 *
 * @throws Refused where a value does not fit the contact
 */
export const submit = async (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  ports: FormPorts,
  submission: Submission,
): Promise<Submitted> => {
  const { form, id } = submission
  const twice = { submissionId: id, contactId: null }
  const place = await ports.location(form.locationId)
  if (!place) throw new Refused('This form is no longer open.')
  if (await submissionsOf(db, form.locationId, form.kind).exists(id)) return twice
  try {
    const now = clock.now()
    const done = await db.transaction().execute((transaction) => write(transaction, ports, place.companyId, submission, now))
    ports.wake()
    return done
  } catch (error) {
    if (isTwice(error)) return twice
    const refused = refusal(error)
    throw refused ? new Refused(sentenceOf(refused)) : error
  }
}

import { WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { discardUploads, receiveParts, takeFiles } from '../../http/uploads.js'
import { isUuid, newUuid } from '../../ids.js'
import type { Services } from '../../services.js'
import { type Attribution, attributionOf } from '../contacts/index.js'
import {
  isRecordId,
  limited,
  messagePage,
  newNonce,
  type PageLimits,
  pageHeaders,
  sendPage,
  trapName,
} from '../public-pages/index.js'
import { byKey, gathered, judge, type Sent, sentOf } from './answers.rules.js'
import { type Question, questionsOf } from './fields.rules.js'
import { judgeFiles, type SentFile } from './files.js'
import { formUrl } from './forms.handlers.js'
import { formById, type PublicForm } from './forms.sql.js'
import { formPage, type PageState, referrerName, submissionIdName } from './page.rules.js'
import type { FormPorts } from './ports.js'
import { Refused, submit } from './submitting.js'
import { targetOf } from './target.rules.js'

type Parts = Pick<Services, 'db' | 'clock'> & { readonly ports: FormPorts }

const wantsJson = (request: FastifyRequest) => /application\/json/.test(request.headers.accept ?? '')

const queryOf = (request: FastifyRequest) => {
  const at = request.url.indexOf('?')
  return at < 0 ? '' : request.url.slice(at)
}

const originOf = (settings: PublicForm['settings']) => targetOf(settings)?.origin ?? ''

const say = (request: FastifyRequest, reply: FastifyReply, status: number, title: string, text: string, more: object = {}) => {
  const nonce = newNonce()
  if (wantsJson(request))
    return reply
      .code(status)
      .headers(pageHeaders({ nonce }))
      .send({ statusCode: status, message: text, ...more })
  return sendPage(reply, status, messagePage(title, text, nonce), { nonce })
}

/** What a page begins with: a query parameter of a question's name, else what the form says. */
const prefilled = (questions: readonly Question[], query: Sent): Sent =>
  byKey(
    questions.flatMap(({ key, value }) => {
      const given = query[key] ?? value
      return given === undefined ? [] : [[key, given]]
    }),
  )

const refererOf = (request: FastifyRequest) => {
  const { referer } = request.headers
  return referer && URL.canParse(referer) ? referer.slice(0, 2000) : ''
}

interface Opened {
  readonly form: PublicForm
  /** The sub-account's. */
  readonly country: string | null | undefined
  readonly questions: readonly Question[]
  readonly url: string
}

const open = async ({ db, ports }: Parts, request: FastifyRequest): Promise<Opened | undefined> => {
  const { formId } = request.params as { formId: string }
  const form = isRecordId(formId) ? await formById(db, formId) : undefined
  const location = form && (await ports.location(form.locationId))
  if (!form || !location) return undefined
  const questions = questionsOf(form.fields, await ports.definitions(db, form.locationId))
  return { form, questions, country: location.country, url: formUrl(ports.publicUrl(), form.id) + queryOf(request) }
}

const stateOf = ({ form, questions }: Opened, request: FastifyRequest, nonce: string): PageState => ({
  form,
  questions,
  action: `/_ground/f/${form.id}${queryOf(request)}`,
  values: byKey(),
  errors: byKey(),
  submissionId: newUuid(),
  referrer: '',
  nonce,
})

const gone = (request: FastifyRequest, reply: FastifyReply) =>
  say(request, reply, 404, 'No such form', 'This form does not exist any more.')

const show = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  if (!opened) return gone(request, reply)
  const nonce = newNonce()
  const values = prefilled(opened.questions, sentOf(request.query))
  const state = { ...stateOf(opened, request, nonce), values, referrer: refererOf(request) }
  return sendPage(reply, 200, formPage(state), { nonce, leadsTo: originOf(opened.form.settings) })
}

const visitOf = ({ url, form }: Opened, request: FastifyRequest, sent: Sent): Attribution => {
  const referrer = String(sent[referrerName] ?? '')
  const userAgent = request.headers['user-agent']
  const from = URL.canParse(referrer) ? referrer : undefined
  return attributionOf({ url, referrer: from, userAgent, medium: form.kind, mediumId: form.id })
}

const thank = (request: FastifyRequest, reply: FastifyReply, { form }: Opened, submitted: object) => {
  const { message = 'Thank you. Your answers have been sent.' } = form.settings
  const target = targetOf(form.settings)
  if (target && !wantsJson(request))
    return reply
      .code(303)
      .headers(pageHeaders({ nonce: newNonce() }))
      .header('location', target.href)
      .send()
  return say(request, reply, 200, form.name, message, submitted)
}

const receive = async (parts: Parts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  if (!opened) return gone(request, reply)
  if (!request.isMultipart()) return judged(parts, request, reply, opened, sentOf(request.body), [])
  const asksFiles = opened.questions.some(({ type }) => type === 'file')
  try {
    const { texts, files } = await receiveParts(request, asksFiles ? fileRules : { most: 0, bytes: 0 }, mostTexts)
    try {
      return await judged(parts, request, reply, opened, sentOf(gathered(texts)), files)
    } finally {
      await discardUploads(files)
    }
  } catch (error) {
    if (!(error instanceof WireError) || error.status >= 500) throw error
    return refuse(request, reply, opened, { error: String(error.body.message), status: error.status })
  }
}

/** What one page may bring: enough for papers and pictures. */
const fileRules = { most: 10, bytes: 10 * 1_048_576 }
const mostTexts = 1000

interface Refusal {
  readonly status: number
  readonly error?: string | undefined
  readonly errors?: Readonly<Record<string, string>>
  readonly sent?: Sent
}

/** The page again, with what is wrong. */
const refuse = (request: FastifyRequest, reply: FastifyReply, opened: Opened, { status, error, errors, sent }: Refusal) => {
  const { form } = opened
  if (wantsJson(request)) return say(request, reply, status, form.name, error ?? 'Some answers need a change.', { errors })
  const nonce = newNonce()
  const state = {
    ...stateOf(opened, request, nonce),
    ...(sent ? { values: sent, referrer: String(sent[referrerName] ?? '') } : {}),
    ...(errors ? { errors } : {}),
    ...(error ? { error } : {}),
  }
  return sendPage(reply, status, formPage(state), { nonce, leadsTo: originOf(form.settings) })
}

const judged = async (
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
  sent: Sent,
  uploads: readonly SentFile[],
) => {
  // Whoever filled in what nobody sees is thanked and forgotten, so that it learns nothing.
  if (sent[trapName]) return thank(request, reply, opened, {})
  const { form, questions, country } = opened
  const answers = judge(questions, sent, country)
  const files = judgeFiles(answers.asked, uploads)
  const errors = byKey([...Object.entries(answers.errors), ...Object.entries(files.errors)])
  if (Object.keys(errors).length > 0) return refuse(request, reply, opened, { status: files.status, errors, sent })
  const asked = String(sent[submissionIdName] ?? '')
  const id = isUuid(asked) ? asked : newUuid()
  try {
    const visit = visitOf(opened, request, sent)
    return thank(request, reply, opened, await submit(parts, parts.ports, { form, questions, answers, files, id, visit }))
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return refuse(request, reply, opened, { status: 422, error: thrown.message, errors: answers.errors, sent })
  }
}

/** `/_ground/f/{formId}`: the public page of a form. No contract operation: it answers a browser. */
export const formPages =
  (parts: Parts) =>
  (limits: PageLimits) =>
  async (app: FastifyInstance): Promise<void> => {
    await takeFiles(app)
    const tooMany = (request: FastifyRequest, reply: FastifyReply) =>
      say(request, reply, 429, 'Too many at once', 'Try again in a moment.')
    const guarded = (act: typeof show, kind: string) =>
      limited(limits, `form ${kind}`, (request, reply) => act(parts, request, reply), tooMany)
    app.get('/_ground/f/:formId', guarded(show, 'page'))
    app.post('/_ground/f/:formId', { bodyLimit: 524_288 }, guarded(receive, 'sent'))
  }

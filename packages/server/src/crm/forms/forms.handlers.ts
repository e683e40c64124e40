import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { isUuid } from '../../ids.js'
import { demandFields } from './fields.rules.js'
import { type FormChange, type FormRecord, formsOf, type Kind } from './forms.sql.js'
import type { FormPorts } from './ports.js'
import { metaOf, rangeOf } from './range.rules.js'
import { submissionsOf } from './submissions.sql.js'
import { demandTarget } from './target.rules.js'

const done = { succeded: true, succeeded: true }

/** Where the public page is. */
export const formUrl = (publicUrl: string, id: string) => `${publicUrl}/_ground/f/${id}`

const folders = (type: string | undefined) => type === 'folder'

type Asker = Pick<Context, 'db' | 'locationId' | 'now' | 'principal'>

interface Asked {
  readonly page: number
  readonly limit: number
  readonly q?: string
  readonly startAt?: string
  readonly endAt?: string
}

/** What forms and surveys do alike. */
const acts = <K extends Kind>(kind: K, thing: string, { definitions, publicUrl }: FormPorts) => {
  const withUrl = (form: { value: FormRecord } | undefined) => {
    const { value } = found(form, thing)
    return { ...value, url: formUrl(publicUrl(), value.id) }
  }
  const demand = async (db: Db, locationId: string, { fields, settings }: FormChange) => {
    demandTarget(settings)
    if (fields) demandFields(fields, await definitions(db, locationId))
  }
  return {
    list: async (db: Db, locationId: string, { limit, skip, type }: { limit: number; skip: number; type?: string }) => {
      // There are no folders of forms.
      if (folders(type)) return { items: [], total: 0 }
      return formsOf(db, locationId, kind).list(limit, skip)
    },
    create: async (
      db: Db,
      locationId: string,
      id: string,
      now: Date,
      { name, fields, settings = {} }: Required<Pick<FormChange, 'name' | 'fields'>> & FormChange,
    ) => {
      await demand(db, locationId, { fields, settings })
      return withUrl(await formsOf(db, locationId, kind).add({ id, name, fields, settings, dateAdded: now }))
    },
    get: async (db: Db, locationId: string, id: string) => withUrl(await formsOf(db, locationId, kind).find(id)),
    update: async (db: Db, locationId: string, id: string, now: Date, change: FormChange) => {
      await demand(db, locationId, change)
      return withUrl(await formsOf(db, locationId, kind).change(id, change, now))
    },
    remove: async (db: Db, locationId: string, id: string) => withUrl(await formsOf(db, locationId, kind).remove(id)),

    submissions: async (
      { db, locationId, now, principal: { onlyAssignedTo } }: Asker,
      formId: string | undefined,
      query: Asked,
    ) => {
      const { page, limit, q } = query
      const filter = { formId, q, page, limit, onlyAssignedTo, ...rangeOf(query, now) }
      const { items, total } = await submissionsOf(db, locationId, kind).list(filter)
      return { submissions: items, meta: metaOf(total, page, limit) }
    },
    submission: async (db: Db, locationId: string, id: string) => ({
      submission: found(isUuid(id) ? await submissionsOf(db, locationId, kind).find(id) : undefined, 'Submission'),
    }),
    removeSubmission: async (db: Db, locationId: string, id: string) => {
      found(isUuid(id) ? await submissionsOf(db, locationId, kind).remove(id) : undefined, 'Submission')
      return done
    },
  }
}

export const formHandlers = (ports: FormPorts): readonly Implementation[] => {
  const forms = acts('form', 'Form', ports)
  return [
    ...implement(api.forms.form, () => ({}), {
      list: async ({ query }, { db, locationId }) => {
        const { items, total } = await forms.list(db, locationId, query)
        return { forms: items, total }
      },
      create: async ({ body }, { db, locationId, newId, now, emit }) => {
        const form = await forms.create(db, locationId, newId(), now, body)
        await emit('FormCreate', form)
        return { form }
      },
      get: async ({ formId }, { db, locationId }) => ({ form: await forms.get(db, locationId, formId) }),
      update: async ({ formId, body: { locationId: _, ...change } }, { db, locationId, now, emit }) => {
        const form = await forms.update(db, locationId, formId, now, change)
        await emit('FormUpdate', form)
        return { form }
      },
      remove: async ({ formId }, { db, locationId, emit }) => {
        await emit('FormDelete', await forms.remove(db, locationId, formId))
        return done
      },
    }),
    ...implement(api.forms.formSubmissions, () => ({}), {
      list: ({ query }, context) => forms.submissions(context, query.formId, query),
      get: ({ submissionId }, { db, locationId }) => forms.submission(db, locationId, submissionId),
      remove: ({ submissionId }, { db, locationId }) => forms.removeSubmission(db, locationId, submissionId),
    }),
  ]
}

export const surveyHandlers = (ports: FormPorts): readonly Implementation[] => {
  const surveys = acts('survey', 'Survey', ports)
  return [
    ...implement(api.surveys.survey, () => ({}), {
      list: async ({ query }, { db, locationId }) => {
        const { items, total } = await surveys.list(db, locationId, query)
        return { surveys: items, total }
      },
      create: async ({ body }, { db, locationId, newId, now, emit }) => {
        const survey = await surveys.create(db, locationId, newId(), now, body)
        await emit('SurveyCreate', survey)
        return { survey }
      },
      get: async ({ surveyId }, { db, locationId }) => ({ survey: await surveys.get(db, locationId, surveyId) }),
      update: async ({ surveyId, body: { locationId: _, ...change } }, { db, locationId, now, emit }) => {
        const survey = await surveys.update(db, locationId, surveyId, now, change)
        await emit('SurveyUpdate', survey)
        return { survey }
      },
      remove: async ({ surveyId }, { db, locationId, emit }) => {
        await emit('SurveyDelete', await surveys.remove(db, locationId, surveyId))
        return done
      },
    }),
    ...implement(api.surveys.surveySubmissions, () => ({}), {
      list: ({ query }, context) => surveys.submissions(context, query.surveyId, query),
      get: ({ submissionId }, { db, locationId }) => surveys.submission(db, locationId, submissionId),
      remove: ({ submissionId }, { db, locationId }) => surveys.removeSubmission(db, locationId, submissionId),
    }),
  ]
}

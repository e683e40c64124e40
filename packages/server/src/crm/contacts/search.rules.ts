import { fieldRule, type Language, type SortRules } from '../filters/index.js'

const pipelinePart = { type: 'id', operators: ['eq', 'not_eq', 'exists', 'not_exists'] } as const

/** Punctuation that people write into phone numbers and E.164 does not have. */
const tidyPhone = (text: string) => text.replace(/[\s().-]/g, '')

/** What contacts can be searched by (wire-contract §4.1). */
export const contactLanguage: Language = {
  customPrefix: 'customFields.',
  fields: {
    id: fieldRule.key,
    address: fieldRule.text,
    businessName: fieldRule.text,
    city: fieldRule.text,
    companyName: fieldRule.text,
    firstNameLowerCase: fieldRule.text,
    lastNameLowerCase: fieldRule.text,
    phone: { ...fieldRule.text, tidy: tidyPhone },
    postalCode: fieldRule.text,
    source: fieldRule.text,
    state: fieldRule.text,
    tags: fieldRule.text,
    assignedTo: fieldRule.id,
    country: fieldRule.word,
    dnd: fieldRule.flag,
    email: fieldRule.word,
    followers: fieldRule.id,
    isValidWhatsapp: fieldRule.flag,
    timezone: fieldRule.word,
    type: fieldRule.word,
    validEmail: fieldRule.flag,
    website: fieldRule.word,
    activeWorkflows: fieldRule.id,
    finishedWorkflows: fieldRule.id,
    contactName: fieldRule.word,
    dateAdded: fieldRule.date,
    dateUpdated: fieldRule.date,
    dateOfBirth: fieldRule.date,
    lastEmailClickedDate: fieldRule.date,
    lastEmailOpenedDate: fieldRule.date,
    lastAppointment: fieldRule.date,
    opportunities: {
      type: 'nested',
      operators: ['nested'],
      fields: { pipelineId: pipelinePart, pipelineStageId: pipelinePart, status: pipelinePart },
    },
  },
}

/** What contacts can be sorted by. */
export const contactSorts: SortRules = {
  firstNameLowerCase: { type: 'text', nullable: true },
  lastNameLowerCase: { type: 'text', nullable: true },
  businessName: { type: 'text', nullable: true },
  dateAdded: { type: 'date', nullable: false },
  dateUpdated: { type: 'date', nullable: false },
  email: { type: 'text', nullable: true },
  dnd: { type: 'flag', nullable: false },
  source: { type: 'text', nullable: true },
}

export const newestFirst = { field: 'dateAdded', direction: 'desc' } as const

interface MessageTemplatesTable {
  locationId: string
  id: string
  name: string
  type: 'sms' | 'email' | 'whatsapp'
  body: string | null
  subject: string | null
  html: string | null
  urlAttachments: string[]
  deleted: boolean
  dateAdded: Date
  dateUpdated: Date
}

interface EmailTemplatesTable {
  locationId: string
  id: string
  name: string
  templateType: string
  version: string
  parentId: string | null
  updatedBy: string
  isPlainText: boolean
  archived: boolean
  subject: string | null
  previewText: string | null
  html: string | null
  dnd: unknown
  previewPath: string | null
  dataPath: string | null
  dateAdded: Date
  lastUpdated: Date
}

interface EmailSchedulesTable {
  locationId: string
  id: string
  name: string
  status: string
  emailStatus: string
  campaignType: string
  parentId: string
  repeatAfter: string
  sendDays: string[]
  templateId: string
  templateType: string
  isPlainText: boolean
  archived: boolean
  deleted: boolean
  hasTracking: boolean
  hasUtmTracking: boolean
  enableResendToUnopened: boolean
  createdAt: Date
  updatedAt: Date
}

export interface TemplatesTables {
  messageTemplates: MessageTemplatesTable
  emailTemplates: EmailTemplatesTable
  emailSchedules: EmailSchedulesTable
}

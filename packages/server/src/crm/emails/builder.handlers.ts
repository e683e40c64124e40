import { badRequest, forbidden, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Blobs } from '../../blobs/index.js'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { emailTemplatesOf } from './builder.sql.js'

const thing = 'Template'

/** Id of the stored file behind an address of ours. */
const blobOf = (path: string | null): string[] => (path ? [path.split('/')[3] ?? ''] : [])

interface EmailsParts {
  readonly blobs: Blobs
  publicUrl(): string
}

/** Templates of the e-mail builder. */
export const builderHandlers = ({ blobs, publicUrl }: EmailsParts) =>
  implement(api.emails.builder, ({ db, locationId }) => ({ templates: emailTemplatesOf(db, locationId) }), {
    list: async ({ query: { locationId: _, originId, ...filter } }, { templates, locationId }) => {
      if (originId && originId !== locationId) throw forbidden('The token does not have access to this location.')
      return templates.list(filter, publicUrl())
    },

    create: async ({ body }, { templates, userId, now }) => {
      const { name, title, type, parentId, builderVersion, updatedBy, isPlainText = false } = body
      if (type === 'import')
        throw badRequest(
          'Templates of other services are not fetched: create one of type html and store its content with POST /emails/builder/data.',
        )
      if (parentId && !(await templates.isFolder(parentId))) throw missing('Folder')
      const id = newHexId()
      const row = { id, name: name || title || 'New Template', templateType: type, version: builderVersion, isPlainText }
      await templates.add({ ...row, parentId: parentId || null, updatedBy: updatedBy ?? userId ?? '' }, now)
      return { redirect: id }
    },

    update: async ({ body }, { templates, db, locationId, now, afterCommit }) => {
      const { templateId: id, editorType: templateType, locationId: _, ...content } = body
      const before = found(await templates.lock(id), thing)
      if (before.templateType === 'folder') throw badRequest('A folder has no content.')
      const about = { locationId, recordId: id, now }
      const preview = await blobs.put(db, Buffer.from(content.html), { ...about, name: 'preview.html', contentType: 'text/html' })
      const data = await blobs.put(db, Buffer.from(JSON.stringify(content.dnd)), {
        ...about,
        name: 'template.json',
        contentType: 'application/json',
      })
      const paths = { previewPath: new URL(preview.url).pathname, dataPath: new URL(data.url).pathname }
      await templates.store(id, { ...content, ...paths, templateType }, now)
      const removeBytes = await blobs.remove(db, locationId, [...blobOf(before.previewPath), ...blobOf(before.dataPath)])
      afterCommit(() => void removeBytes().catch(() => {}))
      return { ok: 'true', previewUrl: preview.url, templateDownloadUrl: data.url }
    },

    get: async ({ templateId }, { templates }) => ({ template: found(await templates.find(templateId, publicUrl()), thing) }),

    change: async ({ templateId, body: { name, archived, parentId } }, { templates, now }) => {
      const { templateType } = found(await templates.lock(templateId), thing)
      // A folder in a folder could be in itself.
      if (parentId && (templateType === 'folder' || !(await templates.isFolder(parentId)))) throw missing('Folder')
      const fields = {
        ...(name === undefined ? {} : { name }),
        ...(archived === undefined ? {} : { archived }),
        ...(parentId === undefined ? {} : { parentId: parentId || null }),
      }
      await templates.change(templateId, fields, now)
      return { template: found(await templates.find(templateId, publicUrl()), thing) }
    },

    remove: async ({ templateId }, { templates, db, locationId, afterCommit }) => {
      found(await templates.lock(templateId), thing)
      const removeBytes = await blobs.removeOfRecord(db, locationId, templateId)
      await templates.remove(templateId)
      afterCommit(() => void removeBytes().catch(() => {}))
      return { ok: 'true' }
    },
  })

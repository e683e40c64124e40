import { apiModule, POST, t } from '@groundlevel/contract-kit'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/customFields',
  tenant: 'path',
  reaches: 'none',
})

const megabyte = 1_048_576

/** Files for fields of type FILE_UPLOAD; a part is named `<customFieldId>_<fileId>`. */
export const fieldFiles = locations.resource('fieldFiles', '/locations/:locationId/customFields/upload', {
  upload: POST('', {
    id: 'upload-file-customFields',
    summary: 'Store files and get the addresses that a file field takes as its value',
    files: { most: 100, bytes: 50 * megabyte },
    body: t.Object({
      id: t.Optional(t.String({ maxLength: 100 })),
      maxFiles: t.Optional(t.Integer({ minimum: 1, maximum: 100 })),
    }),
    reply: t.Object({
      /** Addresses by file name. */
      uploadedFiles: t.Open(),
      meta: t.Array(
        t.Object({
          fieldname: t.String(),
          originalname: t.String(),
          encoding: t.String(),
          mimetype: t.String(),
          size: t.Integer(),
          url: t.String(),
        }),
      ),
    }),
  }),
})

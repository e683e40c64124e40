export {
  type MergeAbout,
  type MergePorts,
  type MessageTexts,
  type ParsedTexts,
  parseTexts,
  rendererOf,
  renderTexts,
  textsRendererOf,
} from './merge-fields.js'
export { mergePorts } from './ports.js'
export { mergeFieldsModule } from './preview.handlers.js'
export type { World } from './world.rules.js'

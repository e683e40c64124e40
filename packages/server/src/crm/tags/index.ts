export { tagAssets } from './assets.sql.js'
export { type Retagging, tagsModule } from './tags.handlers.js'
export { keepTags } from './tags.sql.js'

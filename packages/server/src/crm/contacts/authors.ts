export { authorOf } from '../../http/author.js'

export { installations } from './installations.contract.js'

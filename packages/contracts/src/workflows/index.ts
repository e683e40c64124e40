export { enrolments, versions, workflow } from './workflow.contract.js'

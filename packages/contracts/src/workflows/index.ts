export { enrolments, runs, versions, workflow } from './workflow.contract.js'

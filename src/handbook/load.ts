export { loadEdition } from './load/edition.ts'
export { readEditionFolder } from './load/folder.ts'

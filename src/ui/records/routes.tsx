import './records.css'

export { ListPage } from './ListPage.tsx'
export { RecordPage } from './RecordPage.tsx'

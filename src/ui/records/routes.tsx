import './records.css'

export { AuditPage } from './AuditPage.tsx'
export { ListPage } from './ListPage.tsx'
export { RecordPage } from './RecordPage.tsx'

import '../records/records.css'
import './work.css'

export { CasePage } from './CasePage.tsx'
export { InboxPage, TaskPage } from './InboxPage.tsx'

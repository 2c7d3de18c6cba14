/** Names of states, acts and roles of a review, for people. */
import type { Bilingual } from '@gep/kernel';
import type { ReviewAct, ReviewRole, ReviewState } from './review-table';

const states: Readonly<Record<ReviewState, Bilingual>> = {
  draft: { zh: '草稿', en: 'draft' },
  computed: { zh: '已提交核算结果', en: 'submitted' },
  departmentChecked: { zh: '部门已核对', en: 'department-checked' },
  expertReviewed: { zh: '专家已评审', en: 'expert-reviewed' },
  approved: { zh: '已批准', en: 'approved' },
  published: { zh: '已发布', en: 'published' },
  returned: { zh: '已退回', en: 'returned' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  restated: { zh: '重述中', en: 'open for restatement' },
};

const acts: Readonly<Record<ReviewAct, Bilingual>> = {
  submit: { zh: '提交', en: 'submit' },
  check: { zh: '部门核对', en: 'check' },
  review: { zh: '专家评审', en: 'review' },
  approve: { zh: '批准', en: 'approve' },
  publish: { zh: '发布', en: 'publish' },
  return: { zh: '退回', en: 'return' },
  withdraw: { zh: '撤回', en: 'withdraw' },
  restate: { zh: '重述', en: 'restate' },
  abandon: { zh: '放弃重述', en: 'abandon the restatement' },
  supersede: { zh: '换为新版', en: 'supersede' },
};

const roles: Readonly<Record<ReviewRole, Bilingual>> = {
  reporter: { zh: '本级填报人', en: 'a reporter of the territory itself' },
  checker: { zh: '部门核对员', en: 'a department checker' },
  expert: { zh: '评审专家', en: 'an expert' },
  approver: { zh: '批准人', en: 'an approver' },
  publisher: { zh: '发布人', en: 'a publisher' },
  upper: { zh: '上级评审人员', en: 'a reviewer of a level above' },
  program: { zh: '程序', en: 'the program' },
};

export const nameOfState = (state: ReviewState): Bilingual => states[state];
export const nameOfAct = (act: ReviewAct): Bilingual => acts[act];
export const nameOfRole = (role: ReviewRole): Bilingual => roles[role];

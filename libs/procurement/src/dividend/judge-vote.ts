/** Whether a meeting of members resolved: two thirds of all attend, and two thirds of all agree. */

/** What a meeting counted. */
export interface MemberVote {
  /** All members who may vote. */
  readonly members: number;
  /** On the spot, online or represented. */
  readonly attended: number;
  readonly inFavour: number;
  readonly against: number;
}

export type VoteFault = 'members' | 'attended' | 'votes';
export type VoteVerdict = 'resolved' | 'no-quorum' | 'not-approved';

const isTwoThirds = (count: number, of: number): boolean => 3 * count >= 2 * of;

/**
 * By the Law on Rural Collective Economic Organisations (2024), art. 27: of all members two thirds or more take part, online
 * and by proxy as well, and two thirds or more of all members agree.
 */
export function judgeVote({ members, attended, inFavour, against }: MemberVote): VoteVerdict | VoteFault {
  if (!(members > 0)) return 'members';
  if (attended < 0 || attended > members) return 'attended';
  if (inFavour < 0 || against < 0 || inFavour + against > attended) return 'votes';
  if (!isTwoThirds(attended, members)) return 'no-quorum';
  return isTwoThirds(inFavour, members) ? 'resolved' : 'not-approved';
}

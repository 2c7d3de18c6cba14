/** What is done with a proposal, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { proposalActs, proposalKinds, proposalStates, type ProposalKind, type ProposalState } from '@gep/ledger';
import { nextCursor } from '../answer/answer.dto';
import { PostingBody } from '../ledger/ledger.dto';
import { FlagField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

export class ProposalPath {
  @UuidField({ description: '提议的编号 · id of the proposal' })
  id: string;
}

export class ProposalListQuery extends PageQuery {
  @UuidField({ description: '此资金的 · of this fund', optional: true })
  fund?: string;

  @FlagField({ description: '只列待办的 · only those that wait for somebody', optional: true })
  open?: boolean;
}

export class ProposalActBody {
  @TextField({ description: '理由或意见 · reason or opinion', max: 2000 })
  reason: string;
}

export class ProposalActedBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '过账的凭证 · voucher it became' })
  voucherId: string | null;
}

export class ProposalStepBody {
  @ApiProperty({ type: String, enum: proposalActs }) act: string;
  @ApiProperty({ type: String }) actorId: string;
  @ApiProperty({ type: String }) actorName: string;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) voucherId: string | null;
}

export class FundProposalBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'uuid' }) fundId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: proposalKinds }) kind: ProposalKind;
  @ApiProperty({ type: String, enum: proposalStates }) state: ProposalState;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '所更正的凭证 · voucher that it corrects' })
  aboutVoucher: string | null;
  @ApiProperty({ type: String }) proposedBy: string;
  @ApiProperty({ type: String }) proposedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) proposedAt: string;
  @ApiProperty({ type: [PostingBody], description: '批准后原样过账 · posted word by word once approved' })
  postings: PostingBody[];
  @ApiProperty({ type: [ProposalStepBody] }) steps: ProposalStepBody[];
}

export class FundProposalPageBody {
  @ApiProperty({ type: [FundProposalBody] }) items: FundProposalBody[];
  @ApiProperty(nextCursor) next: string | null;
}

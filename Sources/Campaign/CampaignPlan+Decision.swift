public import Evaluation
private import Files

extension CampaignPlan {
    /// The decision, with all that it stands on.
    ///
    /// - Parameters:
    ///   - campaign: Names it.
    ///   - retainVersion: The version of Retain that decided.
    ///   - horizonDays: Within how many days leaving counts.
    ///   - model: By what customers were scored.
    ///   - data: Among whom was chosen.
    ///   - terms: What the choice stood on.
    ///   - constraint: What limited it.
    ///   - reasons: How many reasons stand beside each customer of the list; nil for none.
    ///   - list: The list's bytes.
    ///   - heldOut: The bytes of the file of those held out.
    /// - Returns: The same for the same arguments.
    /// - Complexity: O(bytes).
    public func decision(
        campaign: String,
        retainVersion: String,
        horizonDays: Int,
        model: CampaignDecision.Model,
        data: CampaignDecision.Data,
        terms: CampaignTerms,
        constraint: CampaignConstraint,
        reasons: Int?,
        list: [UInt8],
        heldOut: [UInt8]
    ) -> CampaignDecision {
        CampaignDecision(
            campaign: campaign,
            retainVersion: retainVersion,
            horizonDays: horizonDays,
            model: model,
            data: data,
            terms: terms,
            constraint: constraint,
            choice: choice,
            holdOut: holdOut,
            expected: expected,
            justOutside: justOutside,
            reasons: reasons,
            files: CampaignDecision.Files(
                list: SHA256.digest(of: list).hexadecimal,
                heldOut: SHA256.digest(of: heldOut).hexadecimal
            )
        )
    }
}

import { RelationalModel } from "@web/model/relational_model/relational_model";

/** The rows of a report, with the sums of all that were found and not of a page. */
export class AttendanceReportModel extends RelationalModel {
    async _loadData(config, cache) {
        if (!config.isRoot || config.isMonoRecord || config.groupBy.length) {
            return super._loadData(config, cache);
        }
        const names = Object.keys(config.activeFields).filter(
            (name) => ["integer", "float"].includes(config.fields[name]?.type)
        );
        const { resModel, domain, context } = config;
        const [data, totals] = await Promise.all([
            super._loadData(config, cache),
            this.orm.call(resModel, "report_totals", [domain, names], { context }),
        ]);
        config.reportTotals = totals;
        return data;
    }
}

import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { pivotView } from "@web/views/pivot/pivot_view";

import { withSpan } from "../span/span_search_model";

const WIDGET = "attendance_minutes";

/** Minutes are shown as hours, whichever of them somebody chooses to look at. */
function minutesIn(fields) {
    return Object.keys(fields).filter((name) => name.endsWith("_minutes"));
}

registry.category("views").add("attendance_report_pivot", {
    ...pivotView,
    SearchModel: withSpan(pivotView.SearchModel),
    props: (genericProps, view) => {
        const props = pivotView.props(genericProps, view);
        const { widgets, fields } = props.modelParams.metaData;
        for (const name of minutesIn(fields)) {
            widgets[name] ??= WIDGET;
        }
        return props;
    },
});

registry.category("views").add("attendance_report_graph", {
    ...graphView,
    SearchModel: withSpan(graphView.SearchModel),
    props: (genericProps, view) => {
        const props = graphView.props(genericProps, view);
        const { fieldAttrs, fields } = props.modelParams;
        for (const name of minutesIn(fields)) {
            fieldAttrs[name] = { widget: WIDGET, ...fieldAttrs[name] };
        }
        return props;
    },
});

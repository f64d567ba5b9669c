import { _t } from "@web/core/l10n/translation";
import { MARK_WORDS } from "@chain_attendance_shift/views/roster_grid/roster_grid_words";

MARK_WORDS.calendar = _t("By the working calendar");

import Markup
import Texts

/// A page of the desk: a value that holds what there is to show, and becomes a whole document in a frame.
public protocol DeskPage: Sendable {
    /// The document that a browser gets, with what stands around every page.
    func document(in frame: DeskFrame) -> String
}

/// A page as the frame takes it.
protocol FramedPage {
    /// Where the page stands in the navigation; nil for pages outside of it.
    var section: DeskSection? { get }
    /// What the page is, in the title of the window.
    func title(_ language: Language) -> String
    /// What stands in the main part.
    func content(_ frame: DeskFrame) -> HTML
}
